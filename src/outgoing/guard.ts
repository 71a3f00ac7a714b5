import { type LookupAddress, type LookupAllOptions, lookup as systemLookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import type { Unfit } from '../app/ports/receivers';
import { addressIn, isPublicAddress } from './addresses';

/** How long somebody waits who enters an address, until its name is looked up. */
const LOOK_UP_MS = 2_000;
/** Below it, other than https, are services that are not meant. */
const FIRST_FREE_PORT = 1024;

type LookUp = (
  name: string,
  options: LookupAllOptions,
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/** Where the program may connect to. */
export interface GuardOptions {
  /** Hosts that may be private and may speak http, as `host` or `host:port`. */
  readonly allow: readonly string[];
  /** Looks up names; the system's where absent. */
  readonly lookUp?: LookUp;
}

/** Thrown when a name leads to an address to which nothing may connect. */
export class Inside extends Error {}

/** Decides to which addresses the program connects that others have entered. */
interface Guard {
  /** Returns what is wrong with the URL itself, before any name is looked up; null: nothing. */
  unfitAsWritten(url: URL): Unfit | null;
  /** Returns why nothing may connect to the address; null: it may. A name that is not known yet may. */
  unfit(text: string): Promise<Unfit | null>;
  /** Options of a request to this URL, by which it fails with `Inside` where its name leads inside. */
  connecting(url: URL): { readonly agent: false; readonly lookup?: LookupFunction };
}

/**
 * Lets the program connect to programs on the Internet, and to hosts that the operator allows. No other address is ever
 * connected to: a name is looked up once for each connection, and the connection goes to the very addresses that were
 * checked, so that a name that changes in between leads nowhere else (DNS rebinding).
 */
export function guard({ allow, lookUp = systemLookup as LookUp }: GuardOptions): Guard {
  const isAllowed = ({ hostname, host, protocol, port }: URL) =>
    allow.includes(hostname) || allow.includes(port ? host : `${host}:${protocol === 'https:' ? 443 : 80}`);

  const unfitAsWritten = (url: URL): Unfit | null => {
    if (isAllowed(url)) return null;
    if (url.protocol !== 'https:') return 'https';
    if (url.port !== '' && Number(url.port) < FIRST_FREE_PORT) return 'port';
    const address = addressIn(url);
    return address !== undefined && !isPublicAddress(address) ? 'address' : null;
  };

  const guarded: LookupFunction = (name, options, done) =>
    lookUp(name, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error || !first) return done(error ?? new Error('the name has no address'), '', 0);
      if (!addresses.every(({ address }) => isPublicAddress(address))) return done(new Inside(), '', 0);
      if (options.all) done(null, addresses);
      else done(null, first.address, first.family);
    });

  return {
    unfitAsWritten,

    async unfit(text) {
      const url = readWebUrl(text);
      if (!url) return 'url';
      const written = unfitAsWritten(url);
      if (written !== null || isAllowed(url) || addressIn(url) !== undefined) return written;
      const leadsInside = await new Promise<boolean>((done) => {
        const late = setTimeout(() => done(false), LOOK_UP_MS);
        lookUp(url.hostname, { all: true }, (error, addresses) => {
          clearTimeout(late);
          done(!error && addresses.some(({ address }) => !isPublicAddress(address)));
        });
      });
      return leadsInside ? 'address' : null;
    },

    // A connection of its own, so that none is taken up again whose address was not checked for this request.
    connecting: (url) => ({ agent: false, ...(!isAllowed(url) && { lookup: guarded }) }),
  };
}

/** Returns the address; undefined if it is none on the web, or one with a password. */
export function readWebUrl(text: string): URL | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const isWeb = url.protocol === 'https:' || url.protocol === 'http:';
  return isWeb && url.username === '' && url.password === '' ? url : undefined;
}
