// What calls somebody. Each rule reads the events of the product (docs/operations.md has what to do about each); a test holds every name and
// member in the queries against what the code emits.
param name string
param location string
param workspaceName string
param topicName string

@description('Who gets a mail.')
param mails string[]

@description('Where a message is posted, such as a workflow of Teams (Power Automate, "When a Teams webhook request is received"); empty: nowhere.')
@secure()
param webhook string

@description('Share of the rows of a run that may fail, in percent.')
param failedPercent int

@description('Hours after which rows without a confirmation are told of.')
param unconfirmedHours int

resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' existing = {
  name: workspaceName
}

resource topic 'Microsoft.EventGrid/systemTopics@2022-06-15' existing = {
  name: topicName
}

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: '${name}-alerts'
  // A global one works when a region does not. Source: Learn, "Action groups" of the training "Configure responses to alerts" (read 2026-11).
  location: 'global'
  properties: {
    enabled: true
    groupShortName: take(name, 12)
    emailReceivers: [
      for mail in mails: {
        name: mail
        emailAddress: mail
        useCommonAlertSchema: true
      }
    ]
    webhookReceivers: empty(webhook)
      ? []
      : [
          {
            name: 'webhook'
            serviceUri: webhook
            useCommonAlertSchema: true
          }
        ]
  }
}

// Told once for each of `by`; `state`: true for what is still so until the query finds nothing more.
var found = [
  {
    name: 'run-held'
    title: 'A file is held: somebody must look at it'
    severity: 2
    by: 'run'
    state: false
    query: '''
AppEvents
| where Name in ('rollcall.intake.held', 'rollcall.held.waiting')
| project TimeGenerated, run = tostring(Properties.run), source = tostring(Properties.source), code = tostring(Properties.code)
'''
  }
  {
    name: 'run-parked'
    title: 'A file cannot go on, or nobody decided about it'
    severity: 1
    by: 'run'
    state: false
    query: '''
AppEvents
| where Name in ('rollcall.run.parked', 'rollcall.held.parked')
| project TimeGenerated, run = tostring(Properties.run), source = tostring(Properties.source), code = tostring(Properties.code)
'''
  }
  {
    name: 'failure-rate'
    title: 'Too many rows of a file failed'
    severity: 2
    by: 'run'
    state: false
    query: format('''
AppEvents
| where Name == 'rollcall.reconcile.settled' and tostring(Properties.state) == 'settled'
| extend rows = toint(Properties.rows), failed = coalesce(toint(Properties.failed), 0) + coalesce(toint(Properties['not-seen']), 0)
| where rows >= 20 and failed * 100 > rows * {0}
| project TimeGenerated, run = tostring(Properties.run), source = tostring(Properties.source), failed
''', failedPercent)
  }
  {
    name: 'gate-halted'
    title: 'Nothing is sent until a person acts'
    severity: 1
    by: 'code'
    state: true
    query: '''
AppEvents
| where Name in ('rollcall.deliver.halted', 'rollcall.reconcile.halted')
| project TimeGenerated, code = tostring(Properties.code)
'''
  }
  {
    name: 'job-ill'
    title: 'A provisioning job is in quarantine, paused or gone'
    severity: 1
    by: 'code'
    state: true
    query: '''
AppEvents
| where Name == 'rollcall.release.withheld' and tostring(Properties.code) startswith 'job-'
| project TimeGenerated, code = tostring(Properties.code), source = tostring(Properties.source)
'''
  }
  {
    name: 'budget'
    title: '80 % of the calls of a day are used'
    severity: 3
    by: ''
    state: true
    query: '''
AppEvents
| where Name == 'rollcall.machine.observed'
| where toint(Properties.callsUsed) * 100 >= toint(Properties.callsPerDay) * 80
| project TimeGenerated, callsUsed = toint(Properties.callsUsed)
'''
  }
  {
    name: 'unconfirmed'
    title: 'Rows were sent and nothing confirms them'
    severity: 2
    by: ''
    state: true
    query: format('''
AppEvents
| where Name == 'rollcall.machine.observed' and tolong(Properties.unconfirmedMs) > {0} * 3600000
| project TimeGenerated, unconfirmedMs = tolong(Properties.unconfirmedMs)
''', unconfirmedHours)
  }
  {
    name: 'poison'
    title: 'The platform gave up on a message for a day'
    severity: 1
    by: 'run'
    state: false
    query: '''
AppEvents
| where Name == 'rollcall.poison.parked'
| project TimeGenerated, run = tostring(Properties.run), code = tostring(Properties.code)
'''
  }
  {
    name: 'credential'
    title: 'The secret or certificate of the application ends soon'
    severity: 2
    by: ''
    state: false
    query: '''
AppEvents
| where Name == 'rollcall.credential.expiring'
| project TimeGenerated, days = toint(Properties.days)
'''
  }
  {
    name: 'undelivered'
    title: 'Event Grid gave up on the events of files'
    severity: 2
    by: ''
    state: false
    query: '''
AppEvents
| where Name == 'rollcall.sweep.undelivered'
| project TimeGenerated, attempts = toint(Properties.attempts)
'''
  }
  {
    name: 'overdue'
    title: 'No file came by the time that its source names'
    severity: 2
    by: 'source'
    state: true
    query: '''
AppEvents
| where Name == 'rollcall.source.overdue'
| project TimeGenerated, source = tostring(Properties.source)
'''
  }
  {
    name: 'hold-list'
    title: 'A hold list cannot be used, or a hold was lost'
    severity: 2
    by: 'source'
    state: false
    query: '''
AppEvents
| where Name in ('rollcall.hold.broken', 'rollcall.hold.lost')
| project TimeGenerated, source = tostring(Properties.source)
'''
  }
  {
    name: 'turned-on'
    title: 'Accounts that somebody had disabled are enabled again'
    severity: 2
    by: 'run'
    state: false
    query: '''
AppEvents
| where Name == 'rollcall.reconcile.turnedon'
| project TimeGenerated, run = tostring(Properties.run), source = tostring(Properties.source), rows = toint(Properties.rows)
'''
  }
  {
    name: 'app-refused'
    title: 'The functions do nothing, because of their settings'
    severity: 0
    by: 'code'
    state: true
    query: '''
AppEvents
| where Name == 'rollcall.app.refused'
| project TimeGenerated, code = tostring(Properties.code)
'''
  }
]

resource foundRules 'Microsoft.Insights/scheduledQueryRules@2022-06-15' = [
  for rule in found: {
    name: '${name}-${rule.name}'
    location: location
    properties: {
      displayName: '${name}: ${rule.title}'
      severity: rule.severity
      enabled: true
      scopes: [workspace.id]
      evaluationFrequency: 'PT5M'
      windowSize: 'PT15M'
      autoMitigate: rule.state
      criteria: {
        allOf: [
          {
            query: rule.query
            timeAggregation: 'Count'
            operator: 'GreaterThan'
            threshold: 0
            dimensions: empty(rule.by) ? [] : [{ name: rule.by, operator: 'Include', values: ['*'] }]
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      actions: { actionGroups: [people.id] }
    }
  }
]

// The timer tells of itself with each tick, every 5 minutes: silence is the sign.
resource silent 'Microsoft.Insights/scheduledQueryRules@2022-06-15' = {
  name: '${name}-no-tick'
  location: location
  properties: {
    displayName: '${name}: the timer has not ticked for 15 minutes'
    severity: 1
    enabled: true
    scopes: [workspace.id]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    autoMitigate: true
    criteria: {
      allOf: [
        {
          query: '''
AppEvents
| where Name == 'rollcall.machine.observed'
'''
          timeAggregation: 'Count'
          operator: 'LessThan'
          threshold: 1
          failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
        }
      ]
    }
    actions: { actionGroups: [people.id] }
  }
}

// An event that Event Grid gave up: the sweep finds its file all the same, but later. Metrics of the topic:
// Learn, "Azure Event Grid - Monitor data reference (push delivery)" (2023-11-15, read 2026-11).
resource lostEvents 'Microsoft.Insights/metricAlerts@2018-03-01' = [
  for metric in ['DeadLetteredCount', 'DroppedEventCount']: {
    name: '${name}-${toLower(metric)}'
    location: 'global'
    properties: {
      description: '${name}: Event Grid gave up on the event of a file'
      severity: 2
      enabled: true
      scopes: [topic.id]
      evaluationFrequency: 'PT5M'
      windowSize: 'PT15M'
      criteria: {
        'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
        allOf: [
          {
            criterionType: 'StaticThresholdCriterion'
            name: metric
            metricNamespace: 'Microsoft.EventGrid/systemTopics'
            metricName: metric
            timeAggregation: 'Total'
            operator: 'GreaterThan'
            threshold: 0
          }
        ]
      }
      actions: [{ actionGroupId: people.id }]
    }
  }
]
