import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import type { Width } from '../domain/limits';

/** Whoever is counted together. */
interface Network {
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
  const text = withoutPort(ip ?? '');
  if (!isIP(text)) return counted([{ width: 'host', network: 'unknown' }]);
  const address = ipaddr.process(text);
  return counted(networksOf(address), address.range() === 'loopback');
}

function networksOf(address: ipaddr.IPv4 | ipaddr.IPv6): Network[] {
  const bytes = address.toByteArray();
  if (address.kind() === 'ipv4')
    return [
      { width: 'host', network: bytes.join('.') },
      { width: '/24', network: `${bytes.slice(0, 3).join('.')}/24` },
    ];
  const hex = bytes.map((byte) => byte.toString(16).padStart(2, '0'));
  return Object.entries(IPV6_BYTES).map(([width, length]) => ({
    width: width as Width,
    network: `${hex.slice(0, length).join('')}/${length * 8}`,
  }));
}

function counted(networks: readonly Network[], shared = false): AddressRange {
  return { range: networks[0]?.network ?? 'unknown', networks: shared ? networks.slice(0, 1) : networks, shared };
}

function withoutPort(text: string): string {
  return /^\[(.+)\](?::\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text;
}
