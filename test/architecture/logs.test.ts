import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findLeaks } from '../support/leaks';
import type { LogAccount } from '../support/logs';

const PERSONAL = {
  clients: ['Kim Probe', 'Li', '+49 170 0000000'],
  words: ['My visa ends in May.\nPlease help.'],
  secrets: ['1f3870be274f6c49b3e31a0c6728957f'],
};

/** What the end of a run finds in a log with one more line. */
function leaksIn(more: string, answers = 1): readonly string[] {
  const dir = mkdtempSync(join(tmpdir(), 'sprechstunde-leaks-'));
  const account: LogAccount = { test: 'some.test.ts', answers, personal: PERSONAL };
  const answered = { level: 30, time: 1, req: { id: 'r', method: 'GET', path: '/b/***' }, msg: 'answered' };
  writeFileSync(join(dir, '1.log'), `${JSON.stringify(answered)}\n${more}\n`);
  writeFileSync(join(dir, '1.accounts'), `${JSON.stringify(account)}\n`);
  const { leaks } = findLeaks(dir);
  rmSync(dir, { recursive: true });
  return leaks;
}

const line = (path: string) => JSON.stringify({ level: 30, req: { method: 'GET', path }, msg: 'listening' });

describe('The search for personal data in the logs of the run', () => {
  it('finds nothing in a log that holds none', () => {
    expect(leaksIn(line('/de/expat-desk/book'))).toEqual([]);
  });

  it.each([
    ['a name', line('/search?q=kim probe')],
    ['a name in an address', line('/search?q=Kim%20Probe')],
    ['a note of two lines', JSON.stringify({ msg: 'defect', error: PERSONAL.words[0] })],
    ['a phone number', line('/call/+49 170 0000000')],
    ['a phone number of nobody we know', line('/call/+49 (211) 99-887')],
    ['a mail address of nobody we know', JSON.stringify({ msg: 'to somebody@else.example' })],
    ['a secret', line('/x/1F3870BE274F6C49B3E31A0C6728957F')],
    ['a secret of nobody we know', line(`/x/${'Ab3_-'.repeat(9)}`)],
    ['a manage link', line('/b/short')],
    ['what is no JSON, with a name in it', 'Error: Kim Probe'],
  ])('finds %s', (_, more) => {
    expect(leaksIn(more)).toEqual(expect.arrayContaining([expect.stringContaining(' in 1.log: ')]));
  });

  it('takes no part of a word, and no word of three letters, for a name', () => {
    expect(leaksIn(line('/kim probes/li'))).toEqual([]);
  });

  it('notices a log in which answers are missing', () => {
    expect(leaksIn(line('/de'), 2)).toEqual(['2 answers have only 1 lines: the log is not whole']);
  });
});
