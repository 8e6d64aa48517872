package csvmap

import "strings"

// companyHeaders are the headers of columns that say which company somebody works for,
// as headerKey leaves them, in the languages of the other headers.
//
//nolint:misspell // four languages
var companyHeaders = setOf(`
	company companyid companycode companynumber companyno companyname companyidentifier payrollcompanycode payrollcompany
	co cocode coid conumber client clientid clientcode clientnumber clientname clientcompany
	employer employerid employercode employername employernumber ein fein
	legalentity legalentityid legalentitycode legalentityname entity entityid entitycode entityname businessentity
	gesellschaft gesellschaftsnummer firma firmenid firmennummer firmenname buchungskreis mandant mandantid mandantennummer mandantennr
	arbeitgeber unternehmen
	societe codesociete nomdesociete entreprise codeentreprise nomdelentreprise employeur codeclient
	empresa idempresa iddeempresa codigoempresa codigodeempresa nombredelaempresa razonsocial cliente idcliente codigodecliente
`)

// takeCompany takes a column with the company for a part of the employee ID beside it:
// two companies number their people on their own. A code goes before a name. A mapping
// file that makes the ID, or says where the company is, goes before it.
func takeCompany(columns []Column, said map[int]Field, m *Mapping) {
	if m != nil && (m.given()[Company] || m.makes(EmployeeID)) {
		return
	}
	found, hasID := -1, false
	for i, c := range columns {
		hasID = hasID || c.Field == EmployeeID
		key := headerKey(c.Header)
		if _, spoken := said[i]; spoken || c.Field != "" || !companyHeaders[key] {
			continue
		}
		if found < 0 || isCompanyCode(key) && !isCompanyCode(headerKey(columns[found].Header)) {
			found = i
		}
	}
	if hasID && found >= 0 {
		columns[found].Field, columns[found].Why = Company, ByAlias
	}
}

// isCompanyCode reports whether a header of a company is one of its code, not of its name.
func isCompanyCode(key string) bool {
	for _, end := range []string{"id", "code", "number", "no", "nummer", "nr", "ein"} {
		if strings.HasSuffix(key, end) {
			return true
		}
	}
	return strings.HasPrefix(key, "cod") || strings.HasPrefix(key, "id")
}

// makes reports whether the mapping makes a field of columns in a template.
func (m *Mapping) makes(field Field) bool {
	for _, t := range m.templates {
		if t.field == field {
			return true
		}
	}
	return false
}
