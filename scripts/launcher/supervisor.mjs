import { setTimeout as wait } from 'node:timers/promises';

const quickMs = 10_000;
const quickCrashesAllowed = 5;
const longestPauseMs = 8_000;

/**
 * Keeps one part of the app running: starts it again after a crash, with growing pauses, and gives up after five crashes
 * that came quickly one after another.
 *
 * `start()` resolves to `{ pid, exited: Promise, ready?: Promise, lastWords?(), stop() }`; `gaveUp(reason)` is
 * called once, `running()` after each start.
 */
export class Supervised {
  #start;
  #say;
  #gaveUp;
  #running;
  #current;
  #launching;
  #stopping = false;
  #restarting = false;
  #idle = false;
  #quickCrashes = 0;

  constructor({ name, start, say, gaveUp, running }) {
    this.name = name;
    this.#start = start;
    this.#say = say;
    this.#gaveUp = gaveUp;
    this.#running = running;
  }

  get pid() {
    return this.#current?.pid;
  }

  /** Starts the part for the first time; a failure now is the caller's. */
  async start() {
    const began = Date.now();
    try {
      await this.#launch();
    } catch (error) {
      await this.stop();
      throw error;
    }
    this.#watch(began);
    return this.#current;
  }

  /** Ends the part for good, also one that is just starting, and waits for it. */
  async stop() {
    this.#stopping = true;
    await this.#launching?.catch(() => undefined);
    await this.#current?.stop();
  }

  /** Ends the running process and starts it anew, without counting that as a crash; also after it was given up. */
  async restart() {
    this.#quickCrashes = 0;
    if (this.#idle) {
      this.#idle = false;
      await this.#relaunch();
    } else {
      this.#restarting = true;
      await this.#current?.stop();
    }
  }

  async #launch() {
    this.#launching = this.#start();
    this.#current = await this.#launching;
    if (this.#stopping) return;
    await this.#current.ready;
    this.#running?.();
  }

  async #watch(since) {
    await this.#current.exited;
    const words = this.#current.lastWords?.() ?? '';
    await this.#again(since, words);
  }

  async #again(since, words) {
    if (this.#stopping) return;
    if (this.#restarting) {
      this.#restarting = false;
      await this.#relaunch();
      return;
    }
    this.#quickCrashes = Date.now() - since < quickMs ? this.#quickCrashes + 1 : 1;
    if (this.#quickCrashes >= quickCrashesAllowed) {
      this.#idle = true;
      this.#gaveUp(`${this.name} stopped ${quickCrashesAllowed} times in a row.\n${words}`);
      return;
    }
    const pause = Math.min(longestPauseMs, 250 * 2 ** this.#quickCrashes);
    this.#say(`${this.name} stopped unexpectedly, starting it again in ${pause / 1000} s. ${firstLine(words)}`.trim());
    await wait(pause);
    if (!this.#stopping && (await this.#relaunch())) this.#say(`${this.name} runs again.`);
  }

  async #relaunch() {
    const began = Date.now();
    try {
      await this.#launch();
    } catch (error) {
      await this.#again(began, error.message);
      return false;
    }
    if (this.#stopping) return false;
    this.#watch(began);
    return true;
  }
}

function firstLine(text) {
  const line = text.split('\n').find((part) => part.trim() !== '');
  return line ? `(${line.trim()})` : '';
}
