-- Importing 10,000 lines asks for each part of a file which codes were paid before and which credits a debit takes back.
create index statement_line_code on statement_line (matched_code) where matched_code is not null;
create index statement_line_amount on statement_line (bank_account, amount) where direction = 'credit';
