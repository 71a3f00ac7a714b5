import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const ZONES = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Pacific/Apia'];

describe('The zone of the server', () => {
  it('12 changes not one byte of any mail or calendar', () => {
    const program = join(__dirname, '..', 'support', 'printInvitations.ts');
    const outputs = ZONES.map((TZ) =>
      execFileSync(process.execPath, ['--require', 'tsx/cjs', program], {
        env: { ...process.env, TZ },
        encoding: 'utf8',
      })
        .trim()
        .split(' '),
    );
    // The zones were really in force: five different clocks.
    expect(new Set(outputs.map(([clock]) => clock)).size).toBe(ZONES.length);
    expect(new Set(outputs.map(([, digest]) => digest)).size).toBe(1);
  });
});
