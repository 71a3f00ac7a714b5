import { BlockList, isIP } from 'node:net';

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8);
LOOPBACK.addAddress('::1', 'ipv6');

/** Whether nothing that is said to this host leaves the machine: a loopback address, in brackets or not, `localhost` (RFC 6761 §6.3), a socket's path. */
export function isLoopback(host: string): boolean {
  const address = host.replace(/^\[|\]$/g, '').replace(/^::ffff:(?=[\d.]+$)/i, '');
  const family = isIP(address);
  if (family > 0) return LOOPBACK.check(address, family === 4 ? 'ipv4' : 'ipv6');
  return /^(.+\.)?localhost\.?$/i.test(host) || host.startsWith('/');
}
