import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Whether nothing that is said to this host leaves the machine: a loopback address, in brackets or not, `localhost` (RFC 6761 §6.3), a socket's path. */
export function isLoopback(host: string): boolean {
  const address = host.replace(/^\[|\]$/g, '');
  if (isIP(address)) return ipaddr.process(address).range() === 'loopback';
  return /^(.+\.)?localhost\.?$/i.test(host) || host.startsWith('/');
}
