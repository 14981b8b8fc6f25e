import { make } from '../dom.js';
import { AnswerView } from './answer-view.js';
import { QuestionView } from './question-view.js';

/** @typedef {import('./turn.js').Turn} Turn */

/** One turn on the page: the question, and the answer below it. */
export class TurnView {
  /** @type {HTMLElement} */
  element;
  question;
  answer;

  /**
   * @param {Turn} turn
   * @param {{ again: (turn: Turn) => void, change: (turn: Turn, question: string) => void }} acts
   */
  constructor(turn, { again, change }) {
    this.question = new QuestionView(turn, change);
    this.answer = new AnswerView(turn, again);
    this.element = make('article', 'exchange', this.question.element, this.answer.element);
  }
}
