import { Injectable } from '@nestjs/common';
import type { Forward } from './forwarding';
import { type Dates, toMentor } from './letters';
import { type Addressed, PostRoom } from './post-room';

/** The letters to mentors who are asked instead of others: one each, with everybody who would like them. */
@Injectable()
export class AskNext {
  constructor(private readonly postRoom: PostRoom) {}

  letters(forwards: readonly Forward[], name: (id: string) => string, dates: Dates): Addressed[] {
    return [...Map.groupBy(forwards, ({ mentorId }) => mentorId)].flatMap(([mentorId, own]) => {
      const [first] = own;
      if (!first) return [];
      const mentees = own.map(({ id, menteeId }) => ({ name: name(menteeId), link: this.postRoom.link(id) }));
      return [{ personId: mentorId, words: toMentor(name(mentorId), mentees, first.answerBy, dates) }];
    });
  }
}
