import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Certificate } from '../../support/smtpPeer';

/**
 * A certificate for this machine's own address, signed by itself: whoever is given `file` as an authority trusts it.
 *
 * @returns null where there is no OpenSSL
 */
export function certificate(dir: string): (Certificate & { readonly file: string }) | null {
  const [file, keyFile] = [join(dir, 'trusted.pem'), join(dir, 'trusted.key')];
  const made = spawnSync('openssl', [
    ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '3650', '-subj', '/CN=127.0.0.1'],
    ...['-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', keyFile, '-out', file],
  ]);
  if (made.status !== 0) return null;
  return { file, key: readFileSync(keyFile, 'utf8'), cert: readFileSync(file, 'utf8') };
}
