/** The languages that clients of such desks ask an interpreter for; a desk's own are offered before. */
export const WORLD_LANGUAGES: readonly string[] = (
  'aa ak am ar az be bg bm bn bo bs ca ckb cs da dv el en es et fa ff fi fr ga gu ha he hi hr ht hu hy id ig is it ja ka ' +
  'kk km kmr kn ko ky ln lo lt lv mg mk ml mn mr ms mt my ne nl no om pa pl prs ps pt ro ru rw si sk sl so sq sr sv sw ' +
  'ta te tg th ti tk tl tr ug uk ur uz vi wo xh yo zgh zh zu'
).split(' ');
