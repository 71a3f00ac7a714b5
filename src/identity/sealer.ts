import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Sealer } from '../app/ports/sealer';

const IV_BYTES = 12;
const TAG_BYTES = 16;
/** The most bytes that a seal may decompress to; more than a form may send. */
const MAX_SEALED_BYTES = 256 * 1024;

/**
 * Encrypts by AES-256-GCM. The key is derived from the secret by HKDF-SHA-256 (RFC 5869), and the purpose of the seal
 * is the additional authenticated data.
 *
 * @param previous SECRET_PREVIOUS; seals made with it can still be opened
 */
export function sealer(secret: string, previous: string | null): Sealer {
  const [key, ...before] = (previous === null ? [secret] : [secret, previous]).map(
    (each) => new Uint8Array(hkdfSync('sha256', each, '', 'sealed', 32)),
  ) as [Uint8Array, ...Uint8Array[]];
  return {
    seal(text, about) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(about));
      const hidden = Buffer.concat([cipher.update(deflateRawSync(text)), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), hidden]).toString('base64url');
    },
    open(sealed, about) {
      const bytes = Buffer.from(sealed, 'base64url');
      for (const each of [key, ...before]) {
        const text = opened(each, bytes, about);
        if (text !== undefined) return text;
      }
      return undefined;
    },
  };
}

function opened(key: Uint8Array, bytes: Buffer, about: string): string | undefined {
  if (bytes.length <= IV_BYTES + TAG_BYTES) return undefined;
  const iv = bytes.subarray(0, IV_BYTES);
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES })
      .setAAD(Buffer.from(about))
      .setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    const text = Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
    return inflateRawSync(text, { maxOutputLength: MAX_SEALED_BYTES }).toString();
  } catch {
    return undefined;
  }
}
