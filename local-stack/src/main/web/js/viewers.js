// "12 people viewing": what the aggregator counted, or this channel's members until it has counted.

export class Viewers {
  #text;
  #counted = false;

  constructor(text) {
    this.#text = text;
  }

  count({ count }) {
    this.#counted = true;
    this.#show(count);
  }

  members(count) {
    if (!this.#counted) this.#show(count);
  }

  #show(count) {
    const text = count === 1 ? '1 person viewing' : `${count.toLocaleString()} people viewing`;
    if (this.#text.textContent !== text) this.#text.textContent = text;
  }
}
