import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { digestOfMails } from '../support/printInvitations';

describe('The zone of the server', () => {
  // The golden files are compared in other zones, too: see IN_EACH_ZONE of jest.config.cjs.
  it('12 changes not one byte of any mail or calendar in Asia/Kolkata', async () => {
    const program = join(__dirname, '..', 'support', 'printInvitations.ts');
    const env = { ...process.env, TZ: 'Asia/Kolkata' };
    const output = execFileSync(process.execPath, ['--require', 'tsx/cjs', program], { env, encoding: 'utf8' });
    expect(output.trim()).toBe(`5 ${await digestOfMails()}`);
  });
});
