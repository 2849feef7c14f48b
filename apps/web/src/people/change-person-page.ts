import { Component } from '@angular/core';
import { PageHeader } from '@waymark/ui';

@Component({ selector: 'wm-change-person-page', imports: [PageHeader], template: `<wm-page-header heading="ChangePersonPage" />` })
export class ChangePersonPage {}
