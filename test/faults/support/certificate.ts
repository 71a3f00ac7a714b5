import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Certificate } from '../../support/smtpPeer';

/**
 * Makes a self-signed certificate for an address of this machine. A program that is given `file` as an authority trusts
 * it.
 *
 * @returns null where there is no OpenSSL
 */
export function certificate(dir: string, address = '127.0.0.1'): (Certificate & { readonly file: string }) | null {
  const [file, keyFile] = [join(dir, 'trusted.pem'), join(dir, 'trusted.key')];
  const made = spawnSync('openssl', [
    ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '3650', '-subj', `/CN=${address}`],
    ...['-addext', `subjectAltName=IP:${address}`, '-keyout', keyFile, '-out', file],
  ]);
  if (made.status !== 0) return null;
  return { file, key: readFileSync(keyFile, 'utf8'), cert: readFileSync(file, 'utf8') };
}
