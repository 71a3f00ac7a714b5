import { pg } from './driver';

/** Where `pg` would connect to, and how: its own reading of the address and of the variables that it knows (PGSSLMODE). */
interface Connection {
  /** A name, an address, or the path of a socket. */
  readonly host: string;
  readonly tls: boolean;
}

/**
 * How `pg` reads an address, without connecting.
 *
 * @returns undefined if it cannot: a certificate that is not there, a port that is none
 */
export function postgresConnection(url: string): Connection | undefined {
  try {
    const { host, ssl } = new (pg().Client)({ connectionString: url });
    return { host, tls: Boolean(ssl) };
  } catch {
    return undefined;
  }
}
