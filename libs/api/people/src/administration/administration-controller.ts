import { Body, Controller, Delete, Get, Param, Post, Put, Query, Res } from '@nestjs/common';
import { type Actor, Answers, AnswersCsv, Can, Clock, csvText, CurrentActor, dayIn } from '@waymark/api-platform';
import {
  addClosureDays,
  addDelegation,
  addUnit,
  alikeQuery,
  alikeView,
  type AlikeView,
  changeSettings,
  changeUnit,
  closureDaysQuery,
  closureDaysView,
  type ClosureDaysView,
  delegationParams,
  delegationsView,
  type DelegationsView,
  idParams,
  mergeUnit,
  removeClosureDays,
  removeUnit,
  rolesPage,
  type RolesPage,
  rolesQuery,
  settingsView,
  type SettingsView,
  timeZonesView,
  type TimeZonesView,
  unitTree,
  type UnitTree,
} from '@waymark/contracts';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { AlikePeople } from './alike';
import { AddClosureDays, ClosureDays, RemoveClosureDays } from './closure-days';
import { AddDelegation, Delegations, EndDelegation } from './delegations';
import { RolesList } from './roles-list';
import { ChangeSettings, Settings } from './settings';
import { TimeZones } from './time-zones';
import { AddUnit, ChangeUnit, MergeUnit, RemoveUnit, Units } from './units';

type IdParams = z.infer<typeof idParams>;

/** What an institution sets: itself, its closure days, its units; and who holds which role, and stands in for whom. */
@Controller()
export class AdministrationController {
  constructor(
    private readonly clock: Clock,
    private readonly settings: Settings,
    private readonly changes: ChangeSettings,
    private readonly timeZones: TimeZones,
    private readonly closures: ClosureDays,
    private readonly closes: AddClosureDays,
    private readonly reopens: RemoveClosureDays,
    private readonly units: Units,
    private readonly unitAdds: AddUnit,
    private readonly unitChanges: ChangeUnit,
    private readonly unitMerges: MergeUnit,
    private readonly unitRemoves: RemoveUnit,
    private readonly roles: RolesList,
    private readonly delegations: Delegations,
    private readonly delegates: AddDelegation,
    private readonly delegationEnds: EndDelegation,
    private readonly alike: AlikePeople,
  ) {}

  @Get('settings')
  @Can('settings.edit')
  @Answers(200, settingsView)
  seeSettings(@CurrentActor() actor: Actor): Promise<SettingsView> {
    return this.settings.see(actor);
  }

  @Put('settings')
  @Can('settings.edit')
  @Answers(200, settingsView)
  changeSettings(
    @CurrentActor() actor: Actor,
    @Body({ schema: changeSettings }) input: z.infer<typeof changeSettings>,
  ): Promise<SettingsView> {
    return this.changes.run(actor, input);
  }

  @Get('settings/time-zones')
  @Can('settings.edit')
  @Answers(200, timeZonesView)
  async seeTimeZones(): Promise<TimeZonesView> {
    return { timeZones: [...(await this.timeZones.all())] };
  }

  @Get('settings/closure-days')
  @Can('settings.edit')
  @Answers(200, closureDaysView)
  seeClosureDays(
    @CurrentActor() actor: Actor,
    @Query({ schema: closureDaysQuery }) { year }: z.infer<typeof closureDaysQuery>,
  ): Promise<ClosureDaysView> {
    return this.closures.ofYear(actor, year ?? Number(dayIn(actor.timeZone, this.clock.now()).slice(0, 4)));
  }

  @Post('settings/closure-days')
  @Can('settings.edit')
  @Answers(200, closureDaysView)
  addClosureDays(
    @CurrentActor() actor: Actor,
    @Body({ schema: addClosureDays }) input: z.infer<typeof addClosureDays>,
  ): Promise<ClosureDaysView> {
    return this.closes.run(actor, input);
  }

  @Post('settings/closure-days/remove')
  @Can('settings.edit')
  @Answers(200, closureDaysView)
  removeClosureDays(
    @CurrentActor() actor: Actor,
    @Body({ schema: removeClosureDays }) input: z.infer<typeof removeClosureDays>,
  ): Promise<ClosureDaysView> {
    return this.reopens.run(actor, input);
  }

  @Get('units/tree')
  @Can('units.edit')
  @Answers(200, unitTree)
  seeUnits(@CurrentActor() actor: Actor): Promise<UnitTree> {
    return this.units.tree(actor);
  }

  @Post('units')
  @Can('units.edit')
  @Answers(201, unitTree)
  addUnit(@CurrentActor() actor: Actor, @Body({ schema: addUnit }) input: z.infer<typeof addUnit>): Promise<UnitTree> {
    return this.unitAdds.run(actor, input);
  }

  @Put('units/:id')
  @Can('units.edit')
  @Answers(200, unitTree)
  changeUnit(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: IdParams,
    @Body({ schema: changeUnit }) input: z.infer<typeof changeUnit>,
  ): Promise<UnitTree> {
    return this.unitChanges.run(actor, id, input);
  }

  @Post('units/:id/merge')
  @Can('units.edit')
  @Answers(200, unitTree)
  mergeUnit(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: IdParams,
    @Body({ schema: mergeUnit }) input: z.infer<typeof mergeUnit>,
  ): Promise<UnitTree> {
    return this.unitMerges.run(actor, id, input);
  }

  @Post('units/:id/remove')
  @Can('units.edit')
  @Answers(200, unitTree)
  removeUnit(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: IdParams,
    @Body({ schema: removeUnit }) { version }: z.infer<typeof removeUnit>,
  ): Promise<UnitTree> {
    return this.unitRemoves.run(actor, id, version);
  }

  @Get('roles')
  @Can('people.see')
  @Answers(200, rolesPage)
  seeRoles(
    @CurrentActor() actor: Actor,
    @Query({ schema: rolesQuery }) query: z.infer<typeof rolesQuery>,
  ): Promise<RolesPage> {
    return this.roles.page(actor, query);
  }

  @Get('roles/export')
  @Can('people.see')
  @AnswersCsv()
  async exportRoles(
    @CurrentActor() actor: Actor,
    @Query({ schema: rolesQuery }) query: z.infer<typeof rolesQuery>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const roles = await this.roles.all(actor, query);
    const today = dayIn(actor.timeZone, this.clock.now());
    void reply.headers({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="roles-${today}.csv"`,
    });
    return csvText(
      ['Name', 'Unit', 'Role', 'From', 'Until', 'State', 'Granted by'],
      roles.map(({ person, role, from, until, state, grantedBy }) => [
        person.name,
        person.unit,
        role,
        from,
        until,
        state,
        grantedBy,
      ]),
    );
  }

  @Get('people/:id/delegations')
  @Can('account.own')
  @Answers(200, delegationsView)
  seeDelegations(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: IdParams,
  ): Promise<DelegationsView> {
    return this.delegations.ofPerson(actor, id);
  }

  @Post('people/:id/delegations')
  @Can('account.own')
  @Answers(200, delegationsView)
  addDelegation(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: IdParams,
    @Body({ schema: addDelegation }) input: z.infer<typeof addDelegation>,
  ): Promise<DelegationsView> {
    return this.delegates.run(actor, id, input);
  }

  @Delete('people/:id/delegations/:delegationId')
  @Can('account.own')
  @Answers(200, delegationsView)
  endDelegation(
    @CurrentActor() actor: Actor,
    @Param({ schema: delegationParams }) { id, delegationId }: z.infer<typeof delegationParams>,
  ): Promise<DelegationsView> {
    return this.delegationEnds.run(actor, id, delegationId);
  }

  @Get('people/alike')
  @Can('people.edit')
  @Answers(200, alikeView)
  seeAlike(
    @CurrentActor() actor: Actor,
    @Query({ schema: alikeQuery }) query: z.infer<typeof alikeQuery>,
  ): Promise<AlikeView> {
    return this.alike.find(actor, query);
  }
}
