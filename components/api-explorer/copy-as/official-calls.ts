/**
 * The calls that Kaltura's own clients have as methods, by their names on the wire in small letters: the parameters in order. For every
 * other call the clients have a general one.
 */
const officialCalls: Record<string, string> = {
  'user.add': 'user',
  'user.addfrombulkupload': 'fileData bulkUploadData bulkUploadUserData',
  'user.checklogindataexists': 'filter',
  'user.delete': 'userId',
  'user.demoteadmin': 'userId',
  'user.disablelogin': 'userId loginId',
  'user.enablelogin': 'userId loginId password',
  'user.exporttocsv': 'filter metadataProfileId additionalFields mappedFields options',
  'user.generateqrcode': 'hashKey',
  'user.get': 'userId',
  'user.getbyloginid': 'loginId',
  'user.index': 'id shouldUpdate',
  'user.list': 'filter pager',
  'user.login': 'partnerId userId password expiry privileges',
  'user.loginbyks': 'requestedPartnerId',
  'user.loginbyloginid': 'loginId password partnerId expiry privileges otp',
  'user.logindataresetpassword': 'loginDataId newPassword',
  'user.notifyban': 'userId',
  'user.replaceuserlogindata': 'userId newLoginId existingLoginId',
  'user.resetpassword': 'email linkType',
  'user.servecsv': 'id',
  'user.setinitialpassword': 'hashKey newPassword',
  'user.update': 'userId user',
  'user.updatelogindata': 'oldLoginId password newLoginId newPassword newFirstName newLastName otp',
  'user.validatehashkey': 'hashKey',
  'session.end': '',
  'session.get': 'session',
  'session.impersonate': 'secret impersonatedPartnerId userId type partnerId expiry privileges',
  'session.impersonatebyks': 'session type expiry privileges',
  'session.start': 'secret userId type partnerId expiry privileges',
  'session.startwidgetsession': 'widgetId expiry',
  'userrole.add': 'userRole',
  'userrole.clone': 'userRoleId',
  'userrole.delete': 'userRoleId',
  'userrole.get': 'userRoleId',
  'userrole.list': 'filter pager',
  'userrole.update': 'userRoleId userRole',
  'permission.list': 'filter pager',
  'apptoken.add': 'appToken',
  'apptoken.delete': 'id',
  'apptoken.get': 'id',
  'apptoken.list': 'filter pager',
  'apptoken.startsession': 'id tokenHash userId type expiry sessionPrivileges',
  'apptoken.update': 'id appToken',
  'partner.get': 'id',
  'partner.getinfo': '',
  'partner.list': 'filter pager',
  'partner.listpartnersforuser': 'partnerFilter pager',
  'system.gettime': '',
  'system.getversion': '',
  'system.ping': '',
  'groupuser.add': 'groupUser',
  'groupuser.delete': 'userId groupId',
  'groupuser.list': 'filter pager',
  'groupuser.sync': 'userId groupIds removeFromExistingGroups createNewGroups',
  'groupuser.update': 'groupUserId groupUser',
  'group_group.add': 'group',
  'group_group.clone': 'originalGroupId newGroupId newGroupName',
  'group_group.delete': 'groupId',
  'group_group.get': 'groupId',
  'group_group.list': 'filter pager',
  'group_group.update': 'groupId group',
  'bulkupload_bulk.abort': 'id',
  'bulkupload_bulk.get': 'id',
  'bulkupload_bulk.list': 'bulkUploadFilter pager',
  'exportcsv.servecsv': 'id',
}

export const officialNames = Object.keys(officialCalls)

/** Services that PHP and Python have in plug-ins; JavaScript has them beside the others, two of them under another name. */
const plugins: Record<string, string> = { group_group: 'group', bulkupload_bulk: 'bulk', exportcsv: 'exportcsv' }

type Asked = { service: string; action: string; given: string[] }

/** The parameters of the client's method, or null where it has none for this call or for one of the parameters that are given. */
export function officialParameters({ service, action, given }: Asked): string[] | null {
  const listed = officialCalls[`${service}.${action}`.toLowerCase()]
  if (listed === undefined) return null
  const parameters = listed.split(' ').filter(Boolean)
  return given.every((name) => parameters.includes(name)) ? parameters : null
}

export const isPlugin = (service: string) => service.toLowerCase() in plugins

/** What the JavaScript client calls the service. */
export const javaScriptService = (service: string) => plugins[service.toLowerCase()] ?? service
