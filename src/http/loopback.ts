import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/**
 * Tells whether data for this host stays on the machine: it is a loopback address, with or without brackets,
 * `localhost` (RFC 6761 §6.3), or the path of a socket.
 */
export function isLoopback(host: string): boolean {
  const address = host.replace(/^\[|\]$/g, '');
  if (isIP(address)) return ipaddr.process(address).range() === 'loopback';
  return /^(.+\.)?localhost\.?$/i.test(host) || host.startsWith('/');
}
