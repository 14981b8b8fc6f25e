// snippet: minimal
var builder = WebApplication.CreateBuilder(args);
builder.Services.AddTokenfall().AddAnthropic();

var app = builder.Build();
app.MapTokenfall("/ask/stream");
app.Run();
// end snippet
