package extract

// StateName gives the usual name of a state by its ISO 3166-1 alpha-3 code, "" when it is not known.
func (c *Coder) StateName(code string) string {
	if e := c.actors.Entry(code); e != nil {
		return e.Name
	}
	return ""
}
