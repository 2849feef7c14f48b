import { Injectable, LOCALE_ID, inject } from '@angular/core';
import { Session } from './session';

const noon = (day: string): Date => new Date(`${day}T12:00:00Z`);
const dayMs = 86_400_000;

/** How many days `day` lies after `from`; both as `2026-05-01`. */
export const daysBetween = (from: string, day: string): number =>
  Math.round((noon(day).getTime() - noon(from).getTime()) / dayMs);

/** The calendar day of an instant in a time zone, as `2026-05-01`. */
export const dayOfInstant = (instant: string, timeZone: string): string => {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  return parts.format(new Date(instant));
};

/** Dates in words, with their weekday, in the institution's time zone. */
@Injectable({ providedIn: 'root' })
export class Dates {
  private readonly session = inject(Session);
  private readonly locale = inject(LOCALE_ID);

  /** A calendar day: "Friday 1 May 2026". */
  day(day: string): string {
    return this.format(noon(day), 'UTC', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
  }

  /** A calendar day where the year is plain: "Fri 1 May". */
  shortDay(day: string): string {
    return this.format(noon(day), 'UTC', { weekday: 'short', day: 'numeric', month: 'long' });
  }

  /** A calendar day of any year, where there is little room: "Fri 1 May 2026". */
  shortDayAndYear(day: string): string {
    return this.format(noon(day), 'UTC', { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
  }

  /** The calendar day of an instant: "Friday 1 May 2026". */
  dayOf(instant: string): string {
    return this.day(this.calendarDay(instant));
  }

  shortDayOf(instant: string): string {
    return this.shortDay(this.calendarDay(instant));
  }

  /** An instant to the minute: "Friday 1 May 2026, 16:00". */
  moment(instant: string): string {
    return $localize`${this.dayOf(instant)}:day:, ${this.time(instant)}:time:`;
  }

  /** "16:00" */
  time(instant: string): string {
    return this.format(new Date(instant), this.timeZone(), { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  }

  /** The calendar day of an instant, as `2026-05-01`. */
  calendarDay(instant: string): string {
    return dayOfInstant(instant, this.timeZone());
  }

  private timeZone(): string {
    return this.session.signedIn()?.institution.timeZone ?? 'Europe/London';
  }

  private format(date: Date, timeZone: string, options: Intl.DateTimeFormatOptions): string {
    // Some engines put a comma after the weekday; the kit's dates have none.
    return new Intl.DateTimeFormat(this.locale, { ...options, timeZone }).format(date).replace(/^(\p{L}+),/u, '$1');
  }
}
