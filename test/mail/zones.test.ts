import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { digestOfMails } from '../support/printInvitations';

describe('The zone of the server', () => {
  // The other zones of this assertion run all of test/mail, golden files and all: see test/zones.mjs.
  it('12 changes not one byte of any mail or calendar in Asia/Kolkata', async () => {
    const program = join(__dirname, '..', 'support', 'printInvitations.ts');
    const env = { ...process.env, TZ: 'Asia/Kolkata' };
    const output = execFileSync(process.execPath, ['--require', 'tsx/cjs', program], { env, encoding: 'utf8' });
    expect(output.trim()).toBe(`5 ${await digestOfMails()}`);
  });
});
