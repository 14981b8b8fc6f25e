import { make } from '../dom.js';
import { AnswerView } from './answer-view.js';
import { QuestionView } from './question-view.js';
import { VersionsView } from './versions-view.js';

/** @typedef {import('./turn.js').Turn} Turn */
/** @typedef {import('./turn.js').Question} Question */

/**
 * @typedef {object} TurnActions
 * @property {(turn: Turn) => void} askAgain asks the question for another answer
 * @property {(turn: Turn, text: string) => void} edit asks another question in the place of this one
 * @property {(version: Turn | Question, focus: 'question' | 'answer', forward: boolean) => void} choose shows another branch
 */

/** A turn on the page: the question, with the answer below it. */
export class TurnView {
  /** @type {HTMLElement} */
  element;
  question;
  answer;
  /** Switchers between the branches. */
  versions;
  #turn;
  /** @type {Question[]} */
  #questions = [];

  /**
   * @param {Turn} turn
   * @param {TurnActions} actions
   */
  constructor(turn, { askAgain, edit, choose }) {
    this.#turn = turn;
    const { question } = turn;
    this.versions = {
      question: new VersionsView('question', (index) => choose(this.#questions[index], 'question', index > this.#questions.indexOf(question))),
      answer: new VersionsView('answer', (index) => choose(question.turns[index], 'answer', index > question.turns.indexOf(turn))),
    };
    this.question = new QuestionView(turn, edit, this.versions.question.element);
    this.answer = new AnswerView(turn, askAgain, this.versions.answer.element);
    this.element = make('article', 'exchange', this.question.element, this.answer.element);
  }

  /** Shows where this turn is among the branches. @param {Question[]} questions those in the place of its question */
  showVersions(questions) {
    const { question } = this.#turn;
    this.#questions = questions;
    this.versions.question.show(questions.indexOf(question), questions.length);
    this.versions.answer.show(question.turns.indexOf(this.#turn), question.turns.length);
  }
}
