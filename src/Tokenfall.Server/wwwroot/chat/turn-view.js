import { make } from '../dom.js';
import { AnswerView } from './answer-view.js';
import { QuestionView } from './question-view.js';

/** @typedef {import('./turn.js').Turn} Turn */

/** A turn on the page: the question, with the answer below it. */
export class TurnView {
  /** @type {HTMLElement} */
  element;
  question;
  answer;

  /**
   * @param {Turn} turn
   * @param {{ askAgain: (turn: Turn) => void, edit: (turn: Turn, question: string) => void }} actions
   */
  constructor(turn, { askAgain, edit }) {
    this.question = new QuestionView(turn, edit);
    this.answer = new AnswerView(turn, askAgain);
    this.element = make('article', 'exchange', this.question.element, this.answer.element);
  }
}
