import { Component } from '@angular/core';
import { PageHeader } from '@waymark/ui';

@Component({ selector: 'wm-sign-in-page', imports: [PageHeader], template: `<wm-page-header heading="SignInPage" />` })
export class SignInPage {}
