// "Ana is typing…": shown until a stop, a message, or silence; told to others at most every two seconds.

const SILENCE_MS = 6000;
const REPEAT_MS = 2000;
const PAUSE_MS = 3000;

export class TypingLine {
  #line;
  #text;
  #timer;

  constructor(root) {
    this.#line = root.querySelector('.typing');
    this.#text = root.querySelector('.typing-text');
  }

  show(name) {
    const text = `${name} is typing…`;
    if (this.#text.textContent !== text) this.#text.textContent = text;
    this.#line.classList.add('on');
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.clear(), SILENCE_MS);
  }

  clear() {
    clearTimeout(this.#timer);
    this.#line.classList.remove('on');
    this.#text.textContent = '';
  }
}

export class TypingTeller {
  #tell;
  #told = Promise.resolve();
  #toldAt = 0;
  #pause;

  constructor(tell) {
    this.#tell = tell;
  }

  // One after the other: two requests at once could overtake each other, and leave "is typing" standing.
  #queue(typing) {
    this.#told = this.#told.then(() => this.#tell(typing)).catch(() => {});
  }

  typed() {
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => this.stopped(), PAUSE_MS);
    if (Date.now() - this.#toldAt < REPEAT_MS) return;
    this.#toldAt = Date.now();
    this.#queue(true);
  }

  stopped() {
    clearTimeout(this.#pause);
    if (this.#toldAt === 0) return;
    this.#toldAt = 0;
    this.#queue(false);
  }
}
