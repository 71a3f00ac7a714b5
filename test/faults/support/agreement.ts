import { DESK } from './desk';
import { startCommand } from './program';

const DAY_MS = 24 * 3_600_000;

/** Adds an API token of a manager, with which a test reads the desk's days. @returns the bearer token */
export async function staffToken(databaseUrl: string): Promise<string> {
  const args = ['token', 'add', '--role', 'manager', '--desk', DESK, '--name', 'fault suite'];
  const command = startCommand(args, { DATABASE_URL: databaseUrl });
  await command.exit;
  const token = /^sst_\S+$/m.exec(command.output())?.[0];
  if (!token) throw new Error(`no token: ${command.output()}`);
  return token;
}

/**
 * Asks every program for the free slots of each topic and for the day views from tomorrow on.
 *
 * @returns how many of the answers differ from the first program's
 * @throws Error if one of them does not answer 200
 */
export async function disagreements(origins: readonly string[], token: string, days: number): Promise<number> {
  const dates = Array.from({ length: days }, (_, i) =>
    new Date(Date.now() + (i + 1) * DAY_MS).toISOString().slice(0, 10),
  );
  const paths = [
    ...['residence', 'career'].map(
      (topic) => `desks/${DESK}/slots?topic=${topic}&language=en&from=${dates[0]}T00:00:00Z`,
    ),
    ...dates.map((date) => `staff/desks/${DESK}/day?date=${date}`),
  ];
  const headers = { Authorization: `Bearer ${token}` };
  let different = 0;
  for (const path of paths) {
    const answers = await Promise.all(
      origins.map(async (origin) => {
        const answer = await fetch(`${origin}/api/v1/${path}`, { headers });
        if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
        return answer.text();
      }),
    );
    different += answers.filter((answer) => answer !== answers[0]).length;
  }
  return different;
}
