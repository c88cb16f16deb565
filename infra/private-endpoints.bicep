// The private addresses of storage, app and vault: for each service an endpoint, and a DNS zone by which the network finds it.
// Names of zones: Learn, "Azure private endpoint private DNS zone values" (read 2026-11).
param name string
param location string
param networkId string
param subnetId string
param storageId string
param appId string

@description('Empty: there is no vault.')
param vaultId string

var services = concat(
  [
    { of: storageId, group: 'blob', zone: 'privatelink.blob.${environment().suffixes.storage}' }
    { of: storageId, group: 'queue', zone: 'privatelink.queue.${environment().suffixes.storage}' }
    { of: storageId, group: 'table', zone: 'privatelink.table.${environment().suffixes.storage}' }
    { of: appId, group: 'sites', zone: 'privatelink.azurewebsites.net' }
  ],
  empty(vaultId) ? [] : [{ of: vaultId, group: 'vault', zone: 'privatelink.vaultcore.azure.net' }]
)

resource zones 'Microsoft.Network/privateDnsZones@2024-06-01' = [
  for service in services: {
    name: service.zone
    location: 'global'
  }
]

resource links 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [
  for (service, index) in services: {
    parent: zones[index]
    name: name
    location: 'global'
    properties: { registrationEnabled: false, virtualNetwork: { id: networkId } }
  }
]

resource endpoints 'Microsoft.Network/privateEndpoints@2024-07-01' = [
  for service in services: {
    name: '${name}-${service.group}'
    location: location
    properties: {
      subnet: { id: subnetId }
      privateLinkServiceConnections: [
        { name: service.group, properties: { privateLinkServiceId: service.of, groupIds: [service.group] } }
      ]
    }
  }
]

resource records 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2024-07-01' = [
  for (service, index) in services: {
    parent: endpoints[index]
    name: 'default'
    properties: {
      privateDnsZoneConfigs: [{ name: service.group, properties: { privateDnsZoneId: zones[index].id } }]
    }
  }
]
