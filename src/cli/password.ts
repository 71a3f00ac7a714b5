import { argon2Passwords } from '../identity/passwords';
import { Refusal, type Terminal, UsageError } from './command';

/**
 * The least characters of a password. NIST SP 800-63B-4 §3.1.1.2 asks for 15 where a password is the only factor, OWASP
 * ASVS 6.2.1 for at least 8.
 */
const MIN_PASSWORD_LENGTH = 12;
/** The most characters that a sign-in accepts. */
const MAX_PASSWORD_LENGTH = 1024;

/** The paragraph about the password in `--help`. */
export const PASSWORD_HELP = `The password is read from standard input, so that it stands in no list of processes and no shell history. It has at least ${MIN_PASSWORD_LENGTH} characters;
a newline at its end does not count.`;

/**
 * Reads a new password from standard input and hashes it.
 *
 * @param asked whether `--password-stdin` was given
 * @throws
 * UsageError if it was not, Refusal for a password that is too short or too long
 */
export async function passwordHashFrom(terminal: Terminal, asked: boolean | undefined): Promise<string> {
  if (!asked) throw new UsageError('--password-stdin: expected, with the password on standard input');
  const password = (await terminal.readInput()).replace(/\r?\n$/, '');
  const length = [...password].length;
  if (length < MIN_PASSWORD_LENGTH)
    throw new Refusal(
      `The password has ${length} characters; it must have at least ${MIN_PASSWORD_LENGTH}. Several words are fine.`,
    );
  if (password.length > MAX_PASSWORD_LENGTH)
    throw new Refusal(`The password is longer than ${MAX_PASSWORD_LENGTH} characters.`);
  return argon2Passwords.hash(password);
}
