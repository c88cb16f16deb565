// Rollcall in one resource group: a table of contents. Each part is a file of its own; README.md says what to give and in which order.
targetScope = 'resourceGroup'

import { sftpUser } from 'sftp.bicep'

@description('Short name of this installation: letters, digits and hyphens, beginning with a letter. Names of resources are made from it.')
@minLength(2)
@maxLength(12)
param name string = 'rollcall'

@description('Azure region; one that offers Flex Consumption: az functionapp list-flexconsumption-locations.')
param location string = resourceGroup().location

// Source: docs/reference/azure-functions.md §C.
@description('Node version of the app. 20 is out of support on Azure Functions since 30 April 2026.')
@allowed(['22', '24'])
param nodeVersion string = '24'

@description('The provisioning jobs that may be sent to, each servicePrincipalId/jobId, or servicePrincipalId for all jobs of one application. Without any, the functions do nothing but say so.')
@maxLength(100)
param jobs string[] = []

@description('Licence of the tenant; decides the daily calls.')
@allowed(['premium', 'governance'])
param licence string = 'premium'

@description('So many days after a run has ended, the app deletes its export, staged users, evidence, reports and entities. They hold personal data.')
@minValue(8)
@maxValue(3650)
param retentionDays int = 90

// Not every region has zone-redundant storage. Source: Learn, "Azure regions that support zone-redundant storage (ZRS)" (2024-01-04, read 2026-11).
@description('Redundancy of the storage account. Standard_ZRS needs a region with availability zones: az account list-locations --query "[?availabilityZoneMappings].name". Elsewhere take Standard_LRS.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GZRS'])
param storageRedundancy string = 'Standard_ZRS'

// Source of the bounds: docs/reference/azure-functions.md §D.6 and §D.11.
@description('Most instances of a function. The gate holds the rate of calls, not this number. Whether your region takes less than 40 shows at the deployment: see README.md.')
@minValue(1)
@maxValue(1000)
param maximumInstanceCount int = 40

// What they cost: docs/reference/azure-functions.md §D.11.
@description('Instances that wait for files, so that none meets a cold app. 0 is free; each one costs its memory around the clock, whether files come or not.')
@minValue(0)
@maxValue(10)
param alwaysReadyInstances int = 0

@description('Who signs in to Microsoft Graph: the identity of the app, or an application whose secret or certificate is in a Key Vault, which is made then.')
@allowed(['managed-identity', 'client-secret', 'client-certificate'])
param credential string = 'managed-identity'

@description('Client id of that application. Needed unless the credential is managed-identity.')
@maxLength(36)
param applicationId string = ''

@description('True: storage, vault and app have private endpoints in a virtual network and no public address, and files are announced through a queue. The package must then be deployed from inside the network.')
param privateNetwork bool = false

// Two subnets of a /26 each are cut from it: network.bicep.
@description('Addresses of that network: a /24 or larger that nothing else of yours uses.')
@maxLength(18)
param networkAddresses string = '10.77.0.0/24'

@description('Object id of the Entra group that drops files and reads reports; empty: nobody gets these roles.')
@maxLength(36)
param hrGroupId string = ''

@description('Object id of the Entra group that edits the settings of the sources; empty: nobody gets this role.')
@maxLength(36)
param identityTeamGroupId string = ''

// Source: ADR 0048, with its pages; the hourly charge: Learn, "SSH File Transfer Protocol (SFTP) support for Azure Blob Storage", Pricing and
// billing (read 2026-11).
@description('True: the storage account takes files by SFTP. Only before the first deployment: an account cannot lose its hierarchical namespace. Azure charges for each hour.')
param sftp bool = false

@description('Who may drop files by SFTP. Needs sftp.')
@maxLength(100)
param sftpUsers sftpUser[] = []

@description('True: who reads and writes which blob, message and entity is logged too. The log holds names of files and sign-in names.')
param logStorageAccess bool = false

// Source: docs/reference/azure-functions.md §D.11.
@description('False where the region refuses diagnostic settings of an app on Flex Consumption.')
param appDiagnostics bool = true

@description('True once the app is deployed: the subscription to events needs a key that exists only then. With azd it is made by a hook, and this stays false.')
param appIsDeployed bool = false

@description('Who gets a mail when something needs a person.')
@maxLength(20)
param alertMails string[] = []

@description('Where the same is posted, such as a workflow of Teams; empty: nowhere.')
@secure()
@maxLength(2000)
param alertWebhook string = ''

@description('Share of the rows of a file, in percent, above which failed rows raise an alert.')
@minValue(0)
@maxValue(100)
param alertFailedPercent int = 5

@description('Hours after which rows without a confirmation raise an alert: more than the service takes, and than ROLLCALL_CONFIRM_WITHIN_SECONDS.')
@minValue(1)
@maxValue(48)
param alertUnconfirmedHours int = 6

// 13 characters.
var suffix = uniqueString(resourceGroup().id, name)
// Storage accounts: 3 to 24 small letters and digits. Vaults: 3 to 24 letters, digits and hyphens, never two hyphens in a row.
// Source: Learn, "Naming rules and restrictions for Azure resources" (read 2026-11).
var storageName = take('${toLower(replace(name, '-', ''))}${suffix}', 24)
var vaultName = replace('${take(name, 10)}-${suffix}', '--', '-')
var appName = '${name}-${suffix}'
// Event Grid reaches no private endpoint: subscription.bicep.
var eventDestination = privateNetwork ? 'queue' : 'webhook'
var needsVault = credential != 'managed-identity'

// Who the app is. The identity team gives it its Graph permissions: see README.md.
module identity 'identity.bicep' = {
  name: 'identity'
  params: { name: '${name}-identity', location: location }
}

// What operators see.
module monitoring 'monitoring.bicep' = {
  name: 'monitoring'
  params: { name: name, location: location }
}

// Where everything is kept.
module storage 'storage.bicep' = {
  name: 'storage'
  params: {
    name: storageName
    location: location
    redundancy: storageRedundancy
    retentionDays: retentionDays
    sftp: sftp
    isPrivate: privateNetwork
  }
}

// Who may drop files by SFTP.
module sftpUserList 'sftp.bicep' = if (sftp) {
  name: 'sftp'
  params: { storageName: storage.outputs.name, users: sftpUsers }
}

// Where the secret of an application is kept.
module vault 'vault.bicep' = if (needsVault) {
  name: 'vault'
  params: { name: vaultName, location: location, isPrivate: privateNetwork }
}

// What tells of dropped files.
module topic 'topic.bicep' = {
  name: 'topic'
  params: { name: '${name}-blobs', location: location, storageName: storage.outputs.name }
}

// Who may do what: all roles in one file.
module roles 'roles.bicep' = {
  name: 'roles'
  params: {
    storageName: storage.outputs.name
    insightsName: monitoring.outputs.insightsName
    vaultName: needsVault ? vault!.outputs.name : ''
    appPrincipalId: identity.outputs.principalId
    topicPrincipalId: topic.outputs.principalId
    eventDestination: eventDestination
    hrGroupId: hrGroupId
    identityTeamGroupId: identityTeamGroupId
  }
}

// The network, where there is one.
module network 'network.bicep' = if (privateNetwork) {
  name: 'network'
  params: { name: '${name}-network', location: location, addresses: networkAddresses }
}

// The functions.
module app 'app.bicep' = {
  name: 'app'
  params: {
    name: appName
    location: location
    nodeVersion: nodeVersion
    maximumInstanceCount: maximumInstanceCount
    alwaysReadyInstances: alwaysReadyInstances
    jobs: jobs
    licence: licence
    credential: credential
    applicationId: applicationId
    vaultUrl: needsVault ? vault!.outputs.url : ''
    retentionDays: retentionDays
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    storageName: storage.outputs.name
    insightsConnectionString: monitoring.outputs.connectionString
    eventDestination: eventDestination
    isPrivate: privateNetwork
    subnetId: privateNetwork ? network!.outputs.appSubnetId : ''
  }
  dependsOn: [roles]
}

// The private addresses of storage, vault and app.
module endpoints 'private-endpoints.bicep' = if (privateNetwork) {
  name: 'private-endpoints'
  params: {
    name: name
    location: location
    networkId: network!.outputs.id
    subnetId: network!.outputs.endpointSubnetId
    storageId: storage.outputs.id
    appId: app.outputs.id
    vaultId: needsVault ? vault!.outputs.id : ''
  }
}

// The machine on one page.
module workbook 'workbook.bicep' = {
  name: 'workbook'
  params: { name: name, location: location, workspaceName: monitoring.outputs.workspaceName }
}

// What calls somebody.
module alerts 'alerts.bicep' = {
  name: 'alerts'
  params: {
    name: name
    location: location
    workspaceName: monitoring.outputs.workspaceName
    topicName: topic.outputs.name
    mails: alertMails
    webhook: alertWebhook
    failedPercent: alertFailedPercent
    unconfirmedHours: alertUnconfirmedHours
  }
}

// What Azure itself measures and logs.
module diagnostics 'diagnostics.bicep' = {
  name: 'diagnostics'
  params: {
    workspaceId: monitoring.outputs.workspaceId
    storageName: storage.outputs.name
    topicName: topic.outputs.name
    appName: app.outputs.name
    vaultName: needsVault ? vault!.outputs.name : ''
    logStorageAccess: logStorageAccess
    appDiagnostics: appDiagnostics
  }
}

// How a dropped file is noticed. A module that is not deployed is not evaluated: its key is asked for only once it exists.
module subscription 'subscription.bicep' = if (appIsDeployed) {
  name: 'subscription'
  params: {
    topicName: topic.outputs.name
    storageName: storage.outputs.name
    appName: app.outputs.name
    eventDestination: eventDestination
  }
}

// azd keeps these under the same names in its environment, where the hooks read them.
output ROLLCALL_APP_NAME string = appName
output ROLLCALL_STORAGE_NAME string = storageName
output ROLLCALL_TOPIC_NAME string = topic.outputs.name
output ROLLCALL_IDENTITY_PRINCIPAL_ID string = identity.outputs.principalId
output ROLLCALL_CREDENTIAL string = credential
output ROLLCALL_EVENT_DESTINATION string = eventDestination
