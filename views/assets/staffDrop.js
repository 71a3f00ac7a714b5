/*
 * Puts a card down: sends the moves, renews the board, and offers to undo them; or collects them in the tray. What the
 * server refuses is said, and the board shows how it stands.
 */
import { renewAll } from './staffParts.js';
import { focusOn, post, show, takeBack, whatChanged } from './staffSend.js';
import { collect, isCollecting } from './staffTray.js';

/**
 * @param target data of the target: body, done, and where moves are collected, shown
 * @param words data of all targets: booking, movesHref, undoHref, failed, undone, undo
 */
export async function putDown({ body, done, shown }, words) {
  try {
    if (isCollecting) await collect({ body, shown });
    else {
      const { isDone, answer } = await post(words.movesHref, body);
      await renewAll();
      const said = isDone ? done : `${words.failed} ${await whatChanged(words.booking)}`;
      show(said, isDone && answer.id && (() => takeBack(answer.id, words)), words.undo);
    }
  } catch {
    return location.reload();
  }
  focusOn(words.booking);
}
