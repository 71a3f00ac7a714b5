/** Thrown when something foreign would take longer than it may. */
export class TooManySteps extends Error {}

/** Counts the work on something foreign, so that it ends whatever it says. */
export class Steps {
  #left: number;
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
    this.#left = most;
  }

  /** @throws TooManySteps */
  take(): void {
    if (--this.#left < 0) throw new TooManySteps();
  }

  get taken(): number {
    return this.#most - this.#left;
  }
}
