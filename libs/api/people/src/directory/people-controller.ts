import { Body, Controller, Delete, Get, Param, Post, Put, Query, Res } from '@nestjs/common';
import {
  type Actor,
  Answers,
  AnswersCsv,
  AnswersJsonText,
  AnswersNothing,
  Can,
  Clock,
  csvText,
  CurrentActor,
  dayIn,
} from '@waymark/api-platform';
import {
  addPerson,
  changePerson,
  gradesView,
  type GradesView,
  grantRole,
  idParams,
  peoplePage,
  peopleQuery,
  personView,
  type PersonView,
  putGrades,
  roleHeldParams,
  unitsView,
  type UnitsView,
} from '@waymark/contracts';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { AddPerson } from './add-person';
import { ChangePerson } from './change-person';
import { InvitePerson } from './invite-person';
import { PeopleList } from './people-list';
import { PersonPage } from './person-page';
import { PutGrades } from './put-grades';
import { EndRole, GrantRole } from './roles-held';

type IdParams = z.infer<typeof idParams>;

@Controller()
export class PeopleController {
  constructor(
    private readonly clock: Clock,
    private readonly list: PeopleList,
    private readonly pages: PersonPage,
    private readonly adds: AddPerson,
    private readonly changes: ChangePerson,
    private readonly grants: GrantRole,
    private readonly ends: EndRole,
    private readonly invites: InvitePerson,
    private readonly gradeOrders: PutGrades,
  ) {}

  @Get('people')
  @Can('people.see')
  @AnswersJsonText(200, peoplePage)
  people(
    @CurrentActor() actor: Actor,
    @Query({ schema: peopleQuery }) query: z.infer<typeof peopleQuery>,
  ): Promise<string> {
    return this.list.page(actor, dayIn(actor.timeZone, this.clock.now()), query);
  }

  @Get('people/export')
  @Can('people.see')
  @AnswersCsv()
  async export(
    @CurrentActor() actor: Actor,
    @Query({ schema: peopleQuery }) query: z.infer<typeof peopleQuery>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const people = await this.list.all(actor, dayIn(actor.timeZone, this.clock.now()), query);
    void reply.headers({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="people.csv"',
    });
    return csvText(
      ['Name', 'E-mail', 'Unit', 'Grade', 'Job title', 'Line manager', 'Technician', 'Roles'],
      people.map((person) => [
        person.name,
        person.email,
        person.unit,
        person.grade,
        person.jobTitle,
        person.lineManager,
        person.technician ? 'yes' : 'no',
        person.roles.join(', '),
      ]),
    );
  }

  @Post('people')
  @Can('people.edit')
  @Answers(201, personView)
  add(
    @CurrentActor() actor: Actor,
    @Body({ schema: addPerson }) input: z.infer<typeof addPerson>,
  ): Promise<PersonView> {
    return this.adds.run(actor, input);
  }

  @Get('people/:id')
  @Can('people.see')
  @Answers(200, personView)
  person(@CurrentActor() actor: Actor, @Param({ schema: idParams }) { id }: IdParams): Promise<PersonView> {
    return this.pages.person(actor, id);
  }

  @Put('people/:id')
  @Can('people.edit')
  @Answers(200, personView)
  change(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: IdParams,
    @Body({ schema: changePerson }) input: z.infer<typeof changePerson>,
  ): Promise<PersonView> {
    return this.changes.run(actor, id, input);
  }

  @Post('people/:id/invitation')
  @Can('people.edit')
  @AnswersNothing()
  invite(@CurrentActor() actor: Actor, @Param({ schema: idParams }) { id }: IdParams): Promise<void> {
    return this.invites.run(actor, id);
  }

  @Post('people/:id/roles')
  @Can('people.grant-role')
  @Answers(200, personView)
  grant(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: IdParams,
    @Body({ schema: grantRole }) input: z.infer<typeof grantRole>,
  ): Promise<PersonView> {
    return this.grants.run(actor, id, input);
  }

  @Delete('people/:id/roles/:roleHeldId')
  @Can('people.grant-role')
  @Answers(200, personView)
  end(
    @CurrentActor() actor: Actor,
    @Param({ schema: roleHeldParams }) { id, roleHeldId }: z.infer<typeof roleHeldParams>,
  ): Promise<PersonView> {
    return this.ends.run(actor, id, roleHeldId);
  }

  @Get('units')
  @Can('people.see')
  @Answers(200, unitsView)
  units(@CurrentActor() actor: Actor): Promise<UnitsView> {
    return this.pages.units(actor);
  }

  @Get('grades')
  @Can('people.see')
  @Answers(200, gradesView)
  grades(@CurrentActor() actor: Actor): Promise<GradesView> {
    return this.pages.grades(actor);
  }

  @Put('grades')
  @Can('grades.edit')
  @Answers(200, gradesView)
  orderGrades(
    @CurrentActor() actor: Actor,
    @Body({ schema: putGrades }) input: z.infer<typeof putGrades>,
  ): Promise<GradesView> {
    return this.gradeOrders.run(actor, input);
  }
}
