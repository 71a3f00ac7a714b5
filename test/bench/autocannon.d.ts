/** The part of autocannon 9 that the bench uses; the package has no types of its own. */
declare module 'autocannon' {
  import type { EventEmitter } from 'node:events';

  namespace autocannon {
    interface Request {
      readonly method?: string;
      readonly path?: string;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
      readonly setupRequest?: (request: Request) => Request;
    }

    interface Options {
      /** Several origins are asked in turn, a connection each. */
      readonly url: string | readonly string[];
      readonly connections: number;
      /** Seconds. */
      readonly duration?: number;
      /** Of requests, instead of a duration. */
      readonly amount?: number;
      /** Milliseconds between two looks at whether the time is over. */
      readonly sampleInt?: number;
      /** Seconds. */
      readonly timeout?: number;
      readonly requests?: readonly Request[];
      /** Called for each connection before its first request. */
      readonly setupClient?: (client: Client) => void;
    }

    /** One connection. */
    interface Client {
      setRequests(requests: readonly Request[]): void;
    }

    interface Result {
      /** Requests that got no answer at all. */
      readonly errors: number;
    }

    /** Emits `response` (client, status, bytes, milliseconds). */
    type Instance = EventEmitter & PromiseLike<Result>;
  }

  function autocannon(options: autocannon.Options): autocannon.Instance;
  export = autocannon;
}
