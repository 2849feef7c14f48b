import { Body, Controller, Delete, Get, Param, Post, Put, Query, Res } from '@nestjs/common';
import {
  type Actor,
  Answers,
  AnswersJsonText,
  AnswersNothing,
  AnswersTable,
  Can,
  Clock,
  CurrentActor,
  dayIn,
  RateLimits,
  tableAnswer,
} from '@waymark/api-platform';
import {
  addPerson,
  changePerson,
  gradesView,
  type GradesView,
  grantRole,
  idParams,
  peopleExportQuery,
  peoplePage,
  peopleQuery,
  personPage,
  type PersonPageView,
  personView,
  type PersonView,
  putGrades,
  putPersonSkills,
  roleHeldParams,
  skillsQuery,
  skillsView,
  type SkillsView,
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
import { PutPersonSkills, SkillsList } from './skills';

type IdParams = z.infer<typeof idParams>;

@Controller()
export class PeopleController {
  constructor(
    private readonly clock: Clock,
    private readonly limits: RateLimits,
    private readonly list: PeopleList,
    private readonly pages: PersonPage,
    private readonly adds: AddPerson,
    private readonly changes: ChangePerson,
    private readonly grants: GrantRole,
    private readonly ends: EndRole,
    private readonly invites: InvitePerson,
    private readonly gradeOrders: PutGrades,
    private readonly skillPuts: PutPersonSkills,
    private readonly skillLists: SkillsList,
  ) {}

  @Get('people')
  @Can('directory.see')
  @AnswersJsonText(200, peoplePage)
  people(
    @CurrentActor() actor: Actor,
    @Query({ schema: peopleQuery }) query: z.infer<typeof peopleQuery>,
  ): Promise<string> {
    return this.list.page(actor, dayIn(actor.timeZone, this.clock.now()), query);
  }

  @Get('people/export')
  @Can('directory.see')
  @AnswersTable()
  async export(
    @CurrentActor() actor: Actor,
    @Query({ schema: peopleExportQuery }) query: z.infer<typeof peopleExportQuery>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | Buffer> {
    // Open to everybody, and dear: a whole institution in one file.
    await this.limits.count(`people-export:${actor.personId}`, 30, 15);
    const { headings, rows } = await this.list.table(actor, dayIn(actor.timeZone, this.clock.now()), query);
    return tableAnswer(reply, query.format, 'people', headings, rows);
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
  @Can('directory.see')
  @Answers(200, personPage)
  person(@CurrentActor() actor: Actor, @Param({ schema: idParams }) { id }: IdParams): Promise<PersonPageView> {
    return this.pages.person(actor, id);
  }

  @Put('people/:id/skills')
  @Can('directory.see')
  @Answers(200, personPage)
  putSkills(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: IdParams,
    @Body({ schema: putPersonSkills }) { skills }: z.infer<typeof putPersonSkills>,
  ): Promise<PersonPageView> {
    return this.skillPuts.run(actor, id, skills);
  }

  @Get('skills')
  @Can('directory.see')
  @Answers(200, skillsView)
  skills(
    @CurrentActor() actor: Actor,
    @Query({ schema: skillsQuery }) query: z.infer<typeof skillsQuery>,
  ): Promise<SkillsView> {
    return this.skillLists.suggest(actor, query);
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
  @Can('directory.see')
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
