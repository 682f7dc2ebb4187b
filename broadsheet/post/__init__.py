"""The post office: mail as bytes, signed; a server that takes it; what comes back, understood; a domain, checked.

Plain: it knows neither letters nor readers, and no framework. Who gets which mail is decided in `broadsheet.letters`.
"""
