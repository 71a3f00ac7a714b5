import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import type { Width } from '../domain/limits';

/** Clients that are counted together. */
interface Network {
  readonly width: Width;
  /** `198.51.100.7`, `198.51.100/24`, or the first bytes of an IPv6 address in hex: `20010db80007ab12/64`. */
  readonly network: string;
}

/** The networks that a client comes from: its host, and the wider ones around it. */
export interface AddressRange {
  /** The narrowest of `networks`, within which clients can hardly be told apart. */
  readonly range: string;
  /** From the narrowest to the widest. */
  readonly networks: readonly Network[];
  /**
   * Many people share the address: it is this machine's own, so they came through a proxy that TRUST_PROXY does not
   * name.
   */
  readonly shared: boolean;
}

/**
 * The number of bytes of an IPv6 address by width. A device can change its address within its /64 at any time (RFC
 * 8981), so that counts as a host; providers give a household a /56, and a company a /48 (RIPE-690 §4.2).
 */
const IPV6_BYTES = { host: 8, '/24': 7, '/48': 6 } as const satisfies Record<Width, number>;

/**
 * Returns the networks by which an address is counted: for IPv4 the address and its /24, for IPv6 its /64, /56 and /48.
 * An IPv4 address in IPv6 notation (RFC 4291 §2.5.5.2) counts as IPv4. The machine's own address belongs to no wider
 * network. A port behind the address, which some proxies add, is ignored.
 *
 * @param ip as Express's `req.ip`; anything that is no address, such as that of a closed connection, is counted as one
 *   range
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
