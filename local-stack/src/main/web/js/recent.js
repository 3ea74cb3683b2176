/** The last so many ids, to drop what arrives twice without growing for ever. */
export class RecentIds {
  #ids = new Set();
  #limit;

  constructor(limit) {
    this.#limit = limit;
  }

  /** True when the id is new. */
  add(id) {
    if (this.#ids.has(id)) return false;
    this.#ids.add(id);
    if (this.#ids.size > this.#limit) this.#ids.delete(this.#ids.values().next().value);
    return true;
  }
}
