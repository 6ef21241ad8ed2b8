type Settle = (value: unknown) => void;
type Job = () => void;

const jobs: Job[] = [];

/** Runs what waits for settled promises, until nothing does. */
export function runJobs(): void {
  for (let next = 0; next < jobs.length; next++) {
    jobs[next]!();
  }
  jobs.length = 0;
}

/**
 * As much of `Promise` as the command line uses. QuickJS has its own, but
 * inside a call to a component nothing runs its jobs; over a host that answers
 * at once these can all run before the call returns.
 */
export class JobPromise {
  private state: "pending" | "fulfilled" | "rejected" = "pending";
  private value: unknown;
  private waiting: Job[] = [];

  constructor(execute: (resolve: Settle, reject: Settle) => void) {
    const reject = (error: unknown) => this.settle("rejected", error);
    const resolve = (value: unknown) =>
      isThenable(value) ? value.then(resolve, reject) : this.settle("fulfilled", value);
    try {
      execute(resolve, reject);
    } catch (error) {
      reject(error);
    }
  }

  static resolve(value?: unknown): JobPromise {
    return value instanceof JobPromise ? value : new JobPromise((resolve) => resolve(value));
  }

  static reject(error: unknown): JobPromise {
    return new JobPromise((_, reject) => reject(error));
  }

  static all(values: Iterable<unknown>): JobPromise {
    const results: unknown[] = [];
    let last = JobPromise.resolve();
    for (const value of values) {
      last = last.then(() => JobPromise.resolve(value).then((result) => results.push(result)));
    }
    return last.then(() => results);
  }

  then(
    onFulfilled?: (value: unknown) => unknown,
    onRejected?: (error: unknown) => unknown,
  ): JobPromise {
    return new JobPromise((resolve, reject) => {
      const job = () => {
        const callback = this.state === "fulfilled" ? onFulfilled : onRejected;
        try {
          if (callback) {
            resolve(callback(this.value));
          } else if (this.state === "fulfilled") {
            resolve(this.value);
          } else {
            reject(this.value);
          }
        } catch (error) {
          reject(error);
        }
      };
      if (this.state === "pending") {
        this.waiting.push(job);
      } else {
        jobs.push(job);
      }
    });
  }

  catch(onRejected: (error: unknown) => unknown): JobPromise {
    return this.then(undefined, onRejected);
  }

  private settle(state: "fulfilled" | "rejected", value: unknown): void {
    if (this.state !== "pending") {
      return;
    }
    this.state = state;
    this.value = value;
    jobs.push(...this.waiting);
    this.waiting = [];
  }
}

function isThenable(value: unknown): value is { then(resolve: Settle, reject: Settle): void } {
  return typeof (value as { then?: unknown } | null | undefined)?.then === "function";
}
