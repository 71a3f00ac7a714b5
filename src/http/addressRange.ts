import { isIPv4, isIPv6 } from 'node:net';

/** Whoever is counted together because they can hardly be told apart. */
export interface AddressRange {
  /** `198.51.100.7`, or the first seven bytes of an IPv6 address in hex: `20010db80007ab/56`. */
  readonly range: string;
  /** Many people share it: it is this machine's own, so they came by a proxy that TRUST_PROXY does not name. */
  readonly shared: boolean;
}

/** Providers give a household a /56 (RIPE-690 §4.2); whoever has one has 2^72 addresses to change between. */
const COUNTED_BYTES = 7;

/**
 * The range that an address is counted by: IPv4 alone, IPv6 by its /56, IPv4 written as IPv6 (RFC 4291 §2.5.5.2) as the IPv4 that
 * it is. A port behind the address, which some proxies write, does not matter.
 *
 * @param ip as Express's `req.ip`; what is none, such as that of a connection which has gone, is counted as one range
 */
export function addressRange(ip: string | undefined): AddressRange {
  const address = withoutPort(ip ?? '');
  if (isIPv4(address)) return ofIPv4(address);
  if (!isIPv6(address)) return { range: 'unknown', shared: false };
  const bytes = bytesOf(address);
  const isZero = (from: number, to: number) => bytes.slice(from, to).every((byte) => byte === 0);
  if (isZero(0, 10) && bytes[10] === 0xff && bytes[11] === 0xff) return ofIPv4(bytes.slice(12).join('.'));
  const counted = bytes.slice(0, COUNTED_BYTES).map((byte) => byte.toString(16).padStart(2, '0'));
  return { range: `${counted.join('')}/56`, shared: isZero(0, 15) && bytes[15] === 1 };
}

function ofIPv4(address: string): AddressRange {
  return { range: address, shared: address.startsWith('127.') };
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
