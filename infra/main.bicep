// Rollcall in one resource group: a table of contents. Each part stands in a file of its own.
targetScope = 'resourceGroup'

@description('Short name of this installation; names of resources are made from it.')
@minLength(2)
@maxLength(12)
param name string = 'rollcall'

@description('Azure region; one that offers Flex Consumption.')
param location string = resourceGroup().location

@description('Node version of the app. 20 is out of support on Azure Functions since 30 April 2026.')
@allowed(['22', '24'])
param nodeVersion string = '24'

@description('The provisioning jobs that may be sent to, each servicePrincipalId/jobId, or servicePrincipalId for all jobs of one application. Without any, the functions do nothing but say so.')
param jobs string[] = []

@description('Licence of the tenant; decides the daily calls.')
@allowed(['premium', 'governance'])
param licence string = 'premium'

@description('Longest number of days that kept exports, staged users and evidence stay. They hold personal data.')
@minValue(8)
param retentionDays int = 90

@description('True when the app is deployed: the Event Grid subscription needs a key that exists only then. See README.md.')
param appIsDeployed bool = false

var suffix = uniqueString(resourceGroup().id, name)
// Storage account names: 3 to 24 letters and digits.
var storageName = take('${toLower(replace(name, '-', ''))}${suffix}', 24)
var appName = '${name}-${suffix}'

// Who the app is. The identity team gives it its Graph permissions by hand: see README.md.
module identity 'identity.bicep' = {
  name: 'identity'
  params: { name: '${name}-identity', location: location }
}

// Where everything is kept.
module storage 'storage.bicep' = {
  name: 'storage'
  params: { name: storageName, location: location, retentionDays: retentionDays }
}

// What operators see.
module monitoring 'monitoring.bicep' = {
  name: 'monitoring'
  params: { name: name, location: location }
}

// Who may do what: all roles in one file.
module roles 'roles.bicep' = {
  name: 'roles'
  params: {
    storageName: storage.outputs.name
    insightsName: monitoring.outputs.insightsName
    principalId: identity.outputs.principalId
  }
}

// The functions.
module app 'app.bicep' = {
  name: 'app'
  params: {
    name: appName
    location: location
    nodeVersion: nodeVersion
    jobs: jobs
    licence: licence
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    storageName: storage.outputs.name
    insightsConnectionString: monitoring.outputs.connectionString
  }
  dependsOn: [roles]
}

// How a dropped file is noticed.
module events 'events.bicep' = {
  name: 'events'
  params: {
    name: name
    location: location
    storageName: storage.outputs.name
    appName: appName
    subscribe: appIsDeployed
  }
  dependsOn: [app]
}

output appName string = appName
output storageName string = storageName
output identityPrincipalId string = identity.outputs.principalId
