import type { Instant } from '../../domain/calendar/interval';
import type { FreedPlace } from '../../domain/slots/fairRelease';

/** Stores the places that were given back and that the public is not shown yet. They are part of the desk (`Desk.freedPlaces`). */
export interface FreedPlaceStore {
  add(deskId: string, place: FreedPlace): Promise<void>;
  /** Stores the moment that was drawn, unless there is one. */
  draw(id: string, shownAt: Instant): Promise<void>;
  remove(ids: readonly string[]): Promise<void>;
}
