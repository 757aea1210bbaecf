leadcal simulate --rows 3
