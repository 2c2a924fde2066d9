"""告知承诺 (国办发〔2020〕42号): what applicants promise, decided on the spot and checked afterwards."""
