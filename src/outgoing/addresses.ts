import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/**
 * Public by the registries, but inside by what answers there: 198.18.0.0/15 is for benchmarks of networks (RFC 2544),
 * and 168.63.129.16 is the host of a virtual machine in Azure.
 */
const INSIDE_V4 = ['198.18.0.0/15', '168.63.129.16/32'].map((range) => ipaddr.IPv4.parseCIDR(range));
/** What is assigned for the Internet at all (RFC 4291 §2.4); everything else is local, mapped, translated or unassigned. */
const GLOBAL_V6 = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * Tells whether an address belongs to the Internet: not this machine, not a network behind a router, link-local with
 * what clouds answer there, shared by a provider, documentation, multicast, or a way around by an IPv4 address in IPv6.
 */
export function isPublicAddress(text: string): boolean {
  // What only one of the two understands, such as `::127.0.0.1`, is none.
  if (!isIP(text) || !ipaddr.isValid(text) || text.includes('%')) return false;
  const address = ipaddr.process(text);
  if (address.range() !== 'unicast') return false;
  if (address.kind() === 'ipv6') return (address as ipaddr.IPv6).match(GLOBAL_V6);
  return !INSIDE_V4.some((range) => (address as ipaddr.IPv4).match(range));
}

/** Returns the address that stands in place of a name in a URL; undefined for a name. */
export function addressIn({ hostname }: URL): string | undefined {
  const bare = hostname.replace(/^\[|\]$/g, '');
  return isIP(bare) ? bare : undefined;
}
