import { serveSlots } from './bareDesk';

const BITS = 32;

/** What one would write for speed alone: a bit for each advisor and start, ready in memory. */
serveSlots((desk) => {
  const words = Math.ceil(desk.starts.length / BITS);
  const places = new Map(desk.starts.map(({ at }, i) => [at, i]));
  const idle = new Map<number, Uint32Array>();
  const able = new Map<string, number[]>();
  for (const { topic, language, advisor } of desk.skills) {
    idle.set(advisor, new Uint32Array(words).fill(0xffff_ffff));
    able.set(`${topic} ${language}`, [...(able.get(`${topic} ${language}`) ?? []), advisor]);
  }
  for (const { advisor, at } of desk.bookings) {
    const place = places.get(at) ?? 0;
    const own = idle.get(advisor);
    if (own) own[place >> 5] = (own[place >> 5] ?? 0) & ~(1 << (place & 31));
  }
  return ({ topic, language }, first, last) => {
    const free = new Uint16Array(last - first);
    for (const advisor of able.get(`${topic} ${language}`) ?? []) {
      const own = idle.get(advisor) as Uint32Array;
      for (let place = first; place < last; place++)
        if (((own[place >> 5] as number) >>> (place & 31)) & 1) (free[place - first] as number)++;
    }
    return free;
  };
});
