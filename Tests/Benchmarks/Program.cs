Console.Error.WriteLine("usage: dotnet run -c Release --project Tests/Benchmarks -- pools|snmp");
return 2;
