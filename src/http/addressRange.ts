import { isIPv4, isIPv6 } from 'node:net';
import type { Width } from '../domain/limits';

/** Whoever is counted together. */
export interface Network {
  readonly width: Width;
  /** `198.51.100.7`, `198.51.100/24`, or the first bytes of an IPv6 address in hex: `20010db80007ab12/64`. */
  readonly network: string;
}

/** Where somebody comes from: their host, and the wider networks around it. */
export interface AddressRange {
  /** Whoever can hardly be told apart: the narrowest of `networks`. */
  readonly range: string;
  /** From the narrowest to the widest. */
  readonly networks: readonly Network[];
  /** Many people share it: it is this machine's own, so they came by a proxy that TRUST_PROXY does not name. */
  readonly shared: boolean;
}

/**
 * A device takes a new IPv6 address within its /64 as often as it likes (RFC 8981), so that is a host; providers give a household a
 * /56, and a company or whoever asks a /48 (RIPE-690 §4.2).
 */
const IPV6_BYTES = { host: 8, '/24': 7, '/48': 6 } as const satisfies Record<Width, number>;

/**
 * The networks that an address is counted by: of IPv4 it and its /24, of IPv6 its /64, /56 and /48; IPv4 written as IPv6 (RFC 4291
 * §2.5.5.2) as the IPv4 that it is. This machine's own is none of a wider network. A port behind the address, which some proxies
 * write, does not matter.
 *
 * @param ip as Express's `req.ip`; what is none, such as that of a connection which has gone, is counted as one range
 */
export function addressRange(ip: string | undefined): AddressRange {
  const address = withoutPort(ip ?? '');
  if (isIPv4(address)) return ofIPv4(address);
  if (!isIPv6(address)) return counted([{ width: 'host', network: 'unknown' }]);
  const bytes = bytesOf(address);
  const isZero = (from: number, to: number) => bytes.slice(from, to).every((byte) => byte === 0);
  if (isZero(0, 10) && bytes[10] === 0xff && bytes[11] === 0xff) return ofIPv4(bytes.slice(12).join('.'));
  const hex = bytes.map((byte) => byte.toString(16).padStart(2, '0'));
  const networks = Object.entries(IPV6_BYTES).map(([width, length]) => ({
    width: width as Width,
    network: `${hex.slice(0, length).join('')}/${length * 8}`,
  }));
  return counted(networks, isZero(0, 15) && bytes[15] === 1);
}

function ofIPv4(address: string): AddressRange {
  const wider = `${address.split('.').slice(0, 3).join('.')}/24`;
  return counted(
    [
      { width: 'host', network: address },
      { width: '/24', network: wider },
    ],
    address.startsWith('127.'),
  );
}

function counted(networks: readonly Network[], shared = false): AddressRange {
  return { range: networks[0]?.network ?? 'unknown', networks: shared ? networks.slice(0, 1) : networks, shared };
}

function withoutPort(text: string): string {
  return /^\[(.+)\](?::\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text;
}

/** The 16 bytes of an address, by the one way in which URLs write it (WHATWG URL §3.5): hex groups, one `::` at most. */
function bytesOf(address: string): number[] {
  const { hostname } = new URL(`http://[${address.replace(/%.*$/, '')}]`);
  const [head = '', tail] = hostname.slice(1, -1).split('::');
  const groupsOf = (part: string) => (part === '' ? [] : part.split(':'));
  const [before, after] = [groupsOf(head), groupsOf(tail ?? '')];
  const groups = [...before, ...Array<string>(8 - before.length - after.length).fill('0'), ...after];
  return groups.flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 0xff]);
}
