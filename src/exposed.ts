import type { Config } from './config';
import { isLoopback } from './http/loopback';

/**
 * Returns the warning for a development start that other machines can reach, or seem to: somebody may have forgotten NODE_ENV.
 *
 * @returns one line, or null if there is nothing to warn of
 */
export function exposedLine({
  production,
  host,
  baseUrl,
}: Pick<Config, 'production' | 'host' | 'baseUrl'>): string | null {
  if (production) return null;
  const { protocol, hostname } = new URL(baseUrl);
  const open = [
    ...(isLoopback(host) ? [] : [`HOST=${host}`]),
    ...(protocol === 'http:' && isLoopback(hostname) ? [] : [`BASE_URL=${baseUrl}`]),
  ];
  if (open.length === 0) return null;
  return `*** DEVELOPMENT, OPEN TO OTHERS (${open.join(', ')}): not for a real desk, with demo bookings and, without SMTP_URL, a mailbox that anybody can read. Set NODE_ENV=production. Demo accounts are open on this machine only. ***`;
}
